"""Appeals as pure rules: their states, who may decide one, when it can be filed, how its outcome is told, misuse."""
