/** @file rtree.h
 *  A packed R-tree of points, laid out as SQLite's rtree module keeps one of two dimensions.
 *
 *  Built whole and not row by row: the points are put in the order of a Hilbert curve, every 51 of
 *  them make a leaf, every 51 leaves a node above, until one node holds all. A search finds the
 *  same rows as in a tree that SQLite grew, and meets fewer nodes, because they are full and do not
 *  overlap by accident.
 *
 *  Source  Kamel and Faloutsos (1993), On packing R-trees, CIKM; the layout: SQLite's rtree.c.
 */
#ifndef HOT_LAYERS_WRITE_RTREE_H
#define HOT_LAYERS_WRITE_RTREE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/base/status.h"

enum {
    HOT_RTREE_PAGE = 4096,                      /**< bytes of the file's pages */
    HOT_RTREE_CELLS = 51,                       /**< in a node, with such pages */
    HOT_RTREE_BYTES = 4 + 24 * HOT_RTREE_CELLS, /**< of a node */
    HOT_RTREE_LEVELS = 8                        /**< more than 51^6 > 2^32 need */
};

/** An interval of x and one of y in single precision, rounded outwards as SQLite rounds them. */
typedef struct {
    float west, east, south, north;
} hot_rtree_box;

/** Owns its arrays; borrows x and y. `= {0}` is empty. */
typedef struct {
    uint32_t n;                       /**< points; point i is row i + 1 of the layer */
    const double *x, *y;              /**< [n] the caller's */
    uint64_t *order;                  /**< [n] points along the curve, in the lower 32 bits */
    uint32_t *leaf;                   /**< [n] number of the node that holds a point */
    uint32_t nodes;                   /**< numbered from 1: the root, then level by level */
    hot_rtree_box *box;               /**< [nodes] of node number 1, 2, ... */
    int levels;                       /**< 1 = the root is a leaf */
    uint32_t first[HOT_RTREE_LEVELS]; /**< number of a level's first node; 0 = the root's level */
    uint32_t count[HOT_RTREE_LEVELS]; /**< nodes of a level */
} hot_rtree;

/** Pack points.
 *  @param x, y  [n] finite; they must outlive the tree
 *  @param n     0 to 2^32 - 2; without points the root is an empty leaf
 *  @return HOT_OK, or HOT_MEMORY (*tree is empty). Points of one place on the curve keep their
 *  order, so that the same points give the same tree. Cost O(n), 20 bytes a point while it works */
HOT_MUST_USE hot_status hot_rtree_pack(const double *x, const double *y, uint32_t n,
                                       hot_rtree *tree);
void hot_rtree_free(hot_rtree *tree);

/** The node's bytes, as in the column `data` of the table `..._node`.
 *  @param number  1 to tree->nodes */
void hot_rtree_node(const hot_rtree *tree, uint32_t number, unsigned char bytes[HOT_RTREE_BYTES]);

/** The node above; as in `..._parent`.
 *  @param number  2 to tree->nodes */
uint32_t hot_rtree_parent(const hot_rtree *tree, uint32_t number);

#endif
