"""The application service: takes commands, decides, records, publishes; knows neither Qt nor disks."""
