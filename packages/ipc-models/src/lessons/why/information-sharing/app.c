send(clipboard, "paste"); // @ask
text = receive(clipboard); // @paste
