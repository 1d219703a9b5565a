"""Writers of the judge's reports as office files, PDF, mail archives and delimited text."""
