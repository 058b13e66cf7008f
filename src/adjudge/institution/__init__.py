"""The procedures of an institution: who acts asks for permission, one act is one entry of the log, all or nothing."""
