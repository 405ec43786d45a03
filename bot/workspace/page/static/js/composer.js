// Writing: messages, slash commands with completion, names.
