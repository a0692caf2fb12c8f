"""`make bench`: how fast the portal is, as ratios of one run on one machine. Only those mean anything."""
