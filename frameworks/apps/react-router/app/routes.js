import { index, route } from '@react-router/dev/routes'

export default [
  index('routes/home.jsx'),
  route('hello/:name', 'routes/hello.jsx'),
  route('echo', 'routes/echo.js'),
  route('leave', 'routes/leave.js'),
]
