"""The page on which one person plays any member of the sandbox workspace."""
