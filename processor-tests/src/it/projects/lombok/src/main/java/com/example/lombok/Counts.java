package com.example.lombok;

import org.mapstruct.Mapper;

/** Copies what Lombok's getters of a callback return. */
@Mapper
interface Counts {
    Count of(Counter counter);

    /** What a counter has counted. */
    record Count(int count, String unit) {}
}
