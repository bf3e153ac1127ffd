"""What is offered: programmes, their rules and criteria, and the calls in which people may be proposed."""
