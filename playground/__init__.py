"""Stand-ins of the platforms, for people to try Daytwo with and for its tests to hold it against; nothing in Daytwo
itself but the command line knows of them."""
