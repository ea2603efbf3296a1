"""A stand-in for Slack: the parts of it that an app meets, over loopback, with what Slack refuses refused."""
