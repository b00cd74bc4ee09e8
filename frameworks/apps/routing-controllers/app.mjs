import 'reflect-metadata'
import rc from 'routing-controllers'

class Things {
  hello(name, city) {
    return { name, city }
  }
  echo(body) {
    return body
  }
  fail() {
    throw new rc.ForbiddenError('on purpose')
  }
}
// What a compiler makes of decorators.
rc.JsonController()(Things)
rc.Get('/hello/:name')(Things.prototype, 'hello')
rc.Param('name')(Things.prototype, 'hello', 0)
rc.QueryParam('city', { type: String })(Things.prototype, 'hello', 1)
rc.Post('/echo')(Things.prototype, 'echo')
rc.Body()(Things.prototype, 'echo', 0)
rc.Get('/fail')(Things.prototype, 'fail')

export const app = rc.createExpressServer({
  controllers: [Things],
  development: false,
  defaultErrorHandler: true,
})
export const listen = (port) => app.listen(port, '127.0.0.1')
