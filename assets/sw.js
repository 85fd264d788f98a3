const PRECACHE = /*PRECACHE*/{};
