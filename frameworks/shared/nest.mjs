import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { of } from 'rxjs'
import { parts, picture } from './content.mjs'

/** A module with one controller, the same for each major version; written without a compiler. */
export function createModule(common, FileInterceptor) {
  const { Get, Post, Put, HttpCode, Header, Redirect, Param, Query, Body, Req, Res } = common
  const { Controller, Module, StreamableFile, ParseIntPipe, UseGuards, Sse } = common

  class Things {
    hello(name, query) {
      return { name, query }
    }
    echo(body) {
      return body
    }
    async bytes(request) {
      return new StreamableFile(await buffer(request), { type: 'image/png' })
    }
    cookies(request, response) {
      response.cookie('first', request.headers.cookie).cookie('second', 'b')
      return 'set'
    }
    image() {
      return new StreamableFile(picture)
    }
    stream() {
      return new StreamableFile(Readable.from(parts()), { type: 'text/plain' })
    }
    empty() {}
    redirect() {}
    fail() {
      throw new Error('on purpose')
    }
    upload(file, body) {
      return { ...body, name: file.originalname, size: file.size, start: file.buffer[5] }
    }
    number(value) {
      return { value }
    }
    guarded() {}
    events() {
      return of({ data: 'one' }, { data: { two: 2 } })
    }
  }

  const apply = (name, decorators, parameters = []) => {
    const { prototype } = Things
    for (const [index, parameter] of parameters.entries()) parameter(prototype, name, index)
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
    for (const decorator of decorators) decorator(prototype, name, descriptor)
  }
  apply('hello', [Get('hello/:name'), Header('etag', '"same"')], [Param('name'), Query()])
  apply('echo', [Post(['echo', 'form']), HttpCode(200)], [Body()])
  apply('bytes', [Put('bytes')], [Req()])
  apply('cookies', [Get('cookies')], [Req(), Res({ passthrough: true })])
  apply('image', [Get('image'), Header('content-type', 'image/png')])
  apply('stream', [Get('stream')])
  apply('empty', [Get('empty'), HttpCode(204)])
  apply('redirect', [Get('redirect'), Redirect('/hello/Ada', 302)])
  apply('fail', [Get('fail')])
  apply('number', [Get('number/:value')], [Param('value', ParseIntPipe)])
  apply('guarded', [Get('guarded'), UseGuards({ canActivate: () => false })])
  apply('events', [Sse('events')])
  if (FileInterceptor) {
    const { UseInterceptors, UploadedFile } = common
    const decorators = [Post('upload'), UseInterceptors(FileInterceptor('file'))]
    apply('upload', decorators, [UploadedFile(), Body()])
  }
  Controller()(Things)

  class AppModule {}
  Module({ controllers: [Things] })(AppModule)
  return AppModule
}
