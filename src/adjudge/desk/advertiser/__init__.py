"""The pages of an advertiser about itself."""
