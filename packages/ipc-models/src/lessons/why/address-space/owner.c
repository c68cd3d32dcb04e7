int variable = 1111; // @store
send(reader, &variable); /* the address, not the value */ // @give
