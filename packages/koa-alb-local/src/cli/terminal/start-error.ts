/** The command line cannot start; the message is for whoever typed it. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
