import 'reflect-metadata'
import * as common from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FileInterceptor } from '@nestjs/platform-express'
import { createModule } from '../../shared/nest.mjs'

export function createApp() {
  return NestFactory.create(createModule(common, FileInterceptor), { logger: false })
}

export async function listen(port) {
  const app = await createApp()
  await app.listen(port, '127.0.0.1')
  return app.getHttpServer()
}
