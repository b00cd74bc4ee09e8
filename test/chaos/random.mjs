/** Numbers from a seed: the same ones for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (least, most) => least + Math.floor(number() * (most - least + 1))
  return {
    integer,
    chance: (share) => number() < share,
    of: (values) => values[integer(0, values.length - 1)],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => integer(0, 255))),
    /** Of a seed of its own, so that actors do not take each other's numbers. */
    fork: () => randomFrom(integer(0, 2 ** 31)),
  }
}
