"""What signed files, containers and archives prove; shares nothing with those who sign."""
