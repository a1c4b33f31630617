"""The site: what Cardfile adds to MkDocs, and the zip for readers without a network."""
