"""Makes the fixes that findings propose: chooses them, makes them, makes sure that nothing else changed, and writes."""
