import { describe } from 'vitest'
import { accountCases } from './suite/account.ts'
import { catalogueCases } from './suite/catalogue.ts'
import { errorCases } from './suite/errors.ts'
import { fileCases } from './suite/files.ts'
import { pageCases } from './suite/page.ts'
import { proxyCases } from './suite/proxy.ts'
import { reportCases } from './suite/report.ts'
import type { Serve } from './suite/serve.ts'

/** Everything the app promises its clients, whatever serves it. */
export function appSuite(serve: Serve): void {
  describe('page', () => pageCases(serve))
  describe('catalogue', () => catalogueCases(serve))
  describe('report', () => reportCases(serve))
  describe('account', () => accountCases(serve))
  describe('files', () => fileCases(serve))
  describe('proxy', () => proxyCases(serve))
  describe('errors and log', () => errorCases(serve))
}
