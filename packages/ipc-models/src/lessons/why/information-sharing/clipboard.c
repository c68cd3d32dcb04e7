while (receive(&app, &request)) {
    data = kept ? kept : ask(owner); // @look-up
    send(app, data); // @answer
}
