"""Files, network, database and engines behind the ports of the domain."""
