# Being translated; English is said where a text is missing.
