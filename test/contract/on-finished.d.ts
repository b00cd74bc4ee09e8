declare module 'on-finished' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  function onFinished<Message extends IncomingMessage | ServerResponse>(
    message: Message,
    listener: (error: Error | null, message: Message) => void,
  ): Message

  namespace onFinished {
    function isFinished(message: IncomingMessage | ServerResponse): boolean
  }

  export = onFinished
}
