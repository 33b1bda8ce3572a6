"""Which colours of ink stand on a page, and whether two entries share one."""
