"""From protocol folders to InfusionProtocol: reads strictly, checks everything, knows what is installed."""
