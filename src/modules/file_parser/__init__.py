"""Any document in, a neutral document of blocks out. Foreign bytes are read in locked-in children only."""
