receive(letters, &message); // @receive
receive(parcels, &message); // @other
