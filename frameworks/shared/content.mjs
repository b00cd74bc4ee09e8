import { setImmediate as turn } from 'node:timers/promises'

export const picture = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255, 254])

/** Text in parts that come on turns of their own, as from a file or a database. */
export async function* parts() {
  for (const part of ['one ', 'two ', 'thrée\n']) {
    await turn()
    yield part
  }
}
