import { expect, it } from 'vitest'
import { migrated } from './migrated.ts'

const http = "import serverless from 'serverless-http'\n"
const alb = "import { albHandler } from 'koa-alb'\n"

it('leaves a file alone that loads no adapter, whatever its strings and comments say', () => {
  const text = `// import serverless from 'serverless-http'
const shown = "import serverless from 'serverless-http'"
const other = require('serverless-http-proxy')`
  expect(migrated(text)).toEqual([])
})

it('tells names apart that are the same in another scope', () => {
  const text = (name: string): string => `
const list = [1].map((serverless) => serverless(app))
function serverlessOf({ serverless = 1 }, [other = serverless]) { return { serverless } }
class Own { serverless() { return this.serverless(app) } }
try { throw 1 } catch (serverless) { serverless(app) }
for (const serverless of list) serverless(app)
{ let serverless; serverless(app) }
const object = { serverless: 1, [\`\${object.serverless}\`]: 2 }
serverless: for (;;) break serverless
export const handler = ${name}(app)`
  expect(migrated(http + text('serverless'))).toBe(alb + text('albHandler'))
})

it('changes every call of it, in functions, templates and JSX', () => {
  const text = (name: string): string =>
    `const a = <p at={${name}(app)}>serverless(app)</p>\nconst b = \`serverless(\${${name}(app)})\`\n`
  expect(migrated(http + text('serverless'), 'a.tsx')).toBe(alb + text('albHandler'))
})

it('changes calls in classes with decorators of either kind', () => {
  const legacy = (name: string): string =>
    `class A { constructor(@inject() x) {} @log() run(e, c) { return ${name}(app)(e, c) } }`
  const later = (name: string): string =>
    `export @log class A { @log accessor handler = ${name}(app) }`
  expect(migrated(http + legacy('serverless'), 'a.ts')).toBe(alb + legacy('albHandler'))
  expect(migrated(http + later('serverless'), 'a.ts')).toBe(alb + later('albHandler'))
})

it('keeps comments, quotes, semicolons and line ends around what it changes', () => {
  expect(
    migrated(
      '#!/usr/bin/env node\r\n/* a */ const s /* b */ = require( "serverless-http" ); // c\r\nexports.handler = /* d */ s(/* e */ app /* f */); // g\r\n',
    ),
  ).toBe(
    '#!/usr/bin/env node\r\n/* a */ const { albHandler } /* b */ = require( "koa-alb" ); // c\r\nexports.handler = /* d */ albHandler(/* e */ app /* f */); // g\r\n',
  )
})

it('takes a comma in a comment for no comma', () => {
  expect(migrated(`${http}serverless(app /* a, b */, { binary: true } // c, d\n)`)).toBe(
    `${alb}albHandler(app /* a, b */ // c, d\n)`,
  )
})

it('uses what is loaded of koa-alb already, under its name', () => {
  const text = "import { albHandler as toHandler, invocation } from 'koa-alb'\n"
  const rest = 'export const a = toHandler(one)\n'
  expect(migrated(`${text}${http}${rest}export const b = serverless(two)\n`)).toBe(
    `${text}${rest}export const b = toHandler(two)\n`,
  )
})

it('takes the third parameter away with the argument that it was for', () => {
  const text = `const express = require('@vendia/serverless-express')
const server = express({ app })
exports.handler = async (event, context, callback) => await server(event, context, callback)`
  expect(migrated(text)).toBe(`const { albHandler } = require('koa-alb')
const server = albHandler(app)
exports.handler = async (event, context) => await server(event, context)`)
})

it('leaves a third parameter that is used for something else', () => {
  const text = (name: string, call: string, args: string): string => `${name}
const server = ${call}
exports.handler = (event, context, callback) => {
  if (event.warmer) return callback(null, 'warm')
  return server(event, context${args})
}`
  expect(
    migrated(
      text(
        "const express = require('@vendia/serverless-express')",
        'express({ app })',
        ', callback',
      ),
    ),
  ).toBe(text("const { albHandler } = require('koa-alb')", 'albHandler(app)', ''))
})

it('asks a Hono app for its fetch, however the app is written', () => {
  const text = "import { handle } from 'hono/aws-lambda'\nexport const handler = handle(a ?? b)\n"
  expect(migrated(text)).toBe(
    "import { getRequestListener } from '@hono/node-server'\nimport { albHandler } from 'koa-alb'\nexport const handler = albHandler(getRequestListener((a ?? b).fetch))\n",
  )
})

it('loads it where a function loaded the adapter', () => {
  const text = (load: string, call: string): string =>
    `exports.handler = async (event, context) => {\n  const ${load}\n  return ${call}(event, context)\n}`
  expect(migrated(text("serverless = require('serverless-http')", 'serverless(app)'))).toBe(
    text("{ albHandler } = require('koa-alb')", 'albHandler(app)'),
  )
})

it('puts types and values into one import', () => {
  const types = "import type { Handler } from 'serverless-http'\n"
  const text = 'export const handler: Handler = serverless(app)\n'
  expect(migrated(types + http + text, 'lambda.ts')).toBe(
    "import { type AlbHandler, albHandler } from 'koa-alb'\nexport const handler: AlbHandler = albHandler(app)\n",
  )
})

it('loads koa-alb for the file where one function alone has loaded it', () => {
  const own = `function other() { const { albHandler } = require('koa-alb'); return albHandler(a) }\n`
  expect(migrated(`${http}${own}export const handler = serverless(app)`)).toEqual([
    "2:26 albHandler is a name of this file's own",
  ])
  const renamed = own.replaceAll('albHandler', 'alb').replace('{ alb }', '{ albHandler: alb }')
  const text = (name: string): string => `${renamed}export const handler = ${name}(app)`
  expect(migrated(http + text('serverless'))).toBe(alb + text('albHandler'))
})
