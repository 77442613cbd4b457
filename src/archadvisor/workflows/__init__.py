"""One function a command: the only callers of what lies below."""
