while (blocks--)
    receive(buffer, bytes); /* pipe: read(); shared memory: it is there already */ // @receive
acknowledge(); // @acknowledge
