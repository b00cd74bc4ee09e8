import { flush } from '@sentry/node'

export default () => flush(5000)
