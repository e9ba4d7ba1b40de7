"""The list of journeys in the admin: what its address asks for, how it is counted, what a row and a file show."""
