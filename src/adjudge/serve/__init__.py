"""May this run, here and now? Asked of a sealed snapshot, billions of times a day, with next to nothing imported."""
