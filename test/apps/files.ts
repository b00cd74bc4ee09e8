/** One small file of each kind, as a real program wrote it. */
export const files = {
  png: base64(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==',
  ),
  jpeg: base64(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  ),
  gif: base64('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs='),
  woff2: base64(
    'd09GMgABAAAAAABYAAEAAAAAAFQAAAAjAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAATYbNQD4j1Os6LKIGfddqpEPXFcP9aWISeFRFwDO0gcAAAD9AQAAAA==',
  ),
  pdf: Buffer.from(
    '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    'latin1',
  ),
  zip: base64(
    'UEsDBAoAAAAAAM4Nd10WIOe1CAAAAAgAAAAFAAAAYS50eHRjYWbDqSCAClBLAQIeAwoAAAAAAM4Nd10WIOe1CAAAAAgAAAAFAAAAAAAAAAEAAACkgQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAArAAAAAAA=',
  ),
  wasm: Buffer.from('0061736d01000000', 'hex'),
} as const

/** `the same bytes, the same bytes, the same bytes` and a line end, compressed. */
export const compressed = {
  gzip: base64('H4sIAAAAAAAAAyvJSFUoTsxNVUiqLEkt1lEowcvnAgDK3Pm5LwAAAA=='),
  deflate: base64('eJwryUhVKE7MTVVIqixJLdZRKMHL5wIAkkkQjQ=='),
  br: base64('Gy4A+I1Utb8GEZvL0wosZXTyEEXqqQGQ0Rx+iQA='),
  zstd: base64('KLUv/SAvvQAAiHRoZSBzYW1lIGJ5dGVzLCAKAQBGnEs='),
} as const

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
