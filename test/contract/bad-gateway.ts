import type { Expected } from './contract.ts'

/** The page of the load balancer when the function gave it no response it can send. */
export const badGateway: Expected = {
  status: '502 Bad Gateway',
  headers: ['server: awselb/2.0', 'content-type: text/html', 'content-length: 122'],
  body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n',
}
