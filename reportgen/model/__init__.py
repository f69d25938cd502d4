"""What content and forms say, as frozen values: nothing here is computed or formatted."""
