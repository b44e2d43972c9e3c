/** The page asks for its port (preload to main), and the port comes (main to preload, preload to page). */
export const CONNECT_CHANNEL = 'verdict-desk:connect';
export const PORT_CHANNEL = 'verdict-desk:port';
