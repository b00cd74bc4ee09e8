import type { Node } from '@babel/types'
import type { Remark } from './adapters/adapter.ts'
import { importedName, importsIn } from './source/imports.ts'
import type { Names } from './source/scopes.ts'

/** What a file has that koa-alb does not answer, or does not take as it is. */
export function foreignTo(program: Node, names: Names): Remark[] {
  return [...ofOtherSources(program), ...ofOtherFrameworks(program, names)]
}

/** The types of events that are no load balancer's, imported by name. */
function ofOtherSources(program: Node): Remark[] {
  if (program.type !== 'Program') return []
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'aws-lambda') return []
    return statement.specifiers
      .filter((specifier) => /^(?:APIGateway|LambdaFunctionURL)/.test(importedName(specifier)))
      .map((node) => ({
        node,
        message: `${importedName(node)} is no type of a load balancer: koa-alb answers its events alone, of type ALBEvent`,
      }))
  })
}

function ofOtherFrameworks(program: Node, names: Names): Remark[] {
  return importsIn(program, names, (module) => module === '@hapi/hapi').map(({ literal }) => ({
    node: literal,
    message: 'of a server of Hapi, koa-alb takes the listener: albHandler(server.listener)',
  }))
}
