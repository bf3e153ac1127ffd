"""Lists in, lists out: reads the lists of recipients that offices send, and writes theirs."""
