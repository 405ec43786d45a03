"""Pure rules and frozen values: standard library only, `now` is an argument, instants are aware UTC."""
