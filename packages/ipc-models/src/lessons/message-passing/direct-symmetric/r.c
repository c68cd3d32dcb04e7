/* names nobody, and nobody names it */ // @nobody
