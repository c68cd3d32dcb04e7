copy(clipboard, selection); // @copy
while (receive(clipboard, &request)) /* only where the editor keeps it */
    send(clipboard, selection); // @serve
