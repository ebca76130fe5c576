// A self-signed certificate, made anew for each run, and the hash by which Chromium lets it pass.
// Chromium keeps its HTTP cache for such a certificate, which it would not with all checks off.
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';

/** @returns {{ pem: string, spki: string }} key and certificate in one PEM, and the public key's hash */
export function makeCertificate() {
  const pem = execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=the world', '-addext', 'subjectAltName=DNS:*.test', '-keyout', '-', '-out', '-',
  ], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const key = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))).publicKey;
  const spki = createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('base64');
  return { pem, spki };
}
