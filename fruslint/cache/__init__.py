"""What was found in files, kept from run to run: as values in an SQLite database, under digests of all they depend on."""
