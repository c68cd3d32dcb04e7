/** Endpoints for Node's worker_threads, whose ports are a page's with other names. */
export { messagePortEndpoint as nodePortEndpoint } from './endpoints/message-port.ts';
