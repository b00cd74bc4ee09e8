import 'reflect-metadata'
import { Body, Controller, Get, Header, HttpCode, Module, Param, Post, Query } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'

class Things {
  hello(name, query) {
    return { name, query }
  }
  echo(body) {
    return body
  }
  fail() {
    throw new Error('on purpose')
  }
}
decorate('hello', [Get('hello/:name'), Header('x-kind', 'greeting')], [Param('name'), Query()])
decorate('echo', [Post(['echo', 'form']), HttpCode(200)], [Body()])
decorate('fail', [Get('fail')])
Controller()(Things)

class AppModule {}
Module({ controllers: [Things] })(AppModule)

export function createApp() {
  return NestFactory.create(AppModule, new FastifyAdapter(), { logger: false })
}

export async function listen(port) {
  const app = await createApp()
  await app.listen(port, '127.0.0.1')
  return app.getHttpServer()
}

// What a compiler makes of decorators.
function decorate(name, decorators, parameters = []) {
  const { prototype } = Things
  for (const [index, parameter] of parameters.entries()) parameter(prototype, name, index)
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
  for (const decorator of decorators) decorator(prototype, name, descriptor)
}
