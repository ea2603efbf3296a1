"""A stand-in for Teams: the parts of it that an app meets, over loopback, with what Teams refuses refused."""
