"""Laboratory results from files: CSV, FHIR R4 and HL7 v2, each read into the same rows."""
