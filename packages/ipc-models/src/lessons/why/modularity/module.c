while (receive(application, &document)) {
    result = handle(document); // @handle
    send(application, result); // @answer
}
